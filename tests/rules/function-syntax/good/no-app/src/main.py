print("no Function")
