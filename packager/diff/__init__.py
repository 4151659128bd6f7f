"""The semantic difference of two packages: what a customer meets, what breaks, and the version step it deserves."""
