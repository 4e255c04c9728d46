"""Interactive packages that come from elsewhere: the gate that they pass, and what is read out of them.

Pure: files, bytes and plain values in, frozen dataclasses out. Rows are in ``models.packages``, writes in
``actions.packages``, the page that plays them in ``player``.
"""
