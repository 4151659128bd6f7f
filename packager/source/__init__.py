"""Text with positions: JSON as people write it, YAML, pointers, source maps, schema problems.

It knows nothing of Azure.
"""
