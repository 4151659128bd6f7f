"""The bodies of expanded resources beside what Azure's published types say of them."""
