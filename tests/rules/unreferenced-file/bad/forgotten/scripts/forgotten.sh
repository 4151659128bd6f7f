# // expect: unreferenced-file
