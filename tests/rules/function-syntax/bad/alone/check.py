import sys

def check(value):
    print "checking", value
