"""A local page that shows the portal form, and what its answers would deploy."""
