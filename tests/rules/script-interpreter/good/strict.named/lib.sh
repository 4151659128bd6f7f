greet() { echo; }
