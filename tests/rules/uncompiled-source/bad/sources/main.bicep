// expect: uncompiled-source
