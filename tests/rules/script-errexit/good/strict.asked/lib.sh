greet() { echo; }
other() { echo; }
