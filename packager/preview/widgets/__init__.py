"""Which inputs of the page each element of a form is made of."""
