"""New offers: written from a small skeleton, or around the files of a package that exists already."""
