"""The page that plays a content, alone in its frame, and the files that it loads.

Whoever shows a frame includes ``training_materials/packages/frame.html`` with ``address_of(version_id)``.
"""
