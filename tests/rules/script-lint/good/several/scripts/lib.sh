colour=red
greet() { echo "$name"; }
