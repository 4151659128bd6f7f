"""What is being built: an offer.yaml and its listing, read into frozen values."""
