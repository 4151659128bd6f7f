"""What arm-ttk would do with a package: its files, inputs, searches and text patterns, with the quirks that decide.

Nothing here says what is right; rules use it to predict arm-ttk's verdict, and say beside it what is true.
"""
