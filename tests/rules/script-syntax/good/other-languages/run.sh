#!/usr/bin/perl
if (1) { print "x" }
