"""This site's own interactive activities: what each holds, its parameters as H5P content, and its score.

Pure: plain values in, frozen dataclasses out. The programs that play them are the MIT-licensed H5P libraries in
``static/training_materials/activities/``.
"""
