"""The work. It does not know that it is timed, shown or backed up.

videos | voice      how it is shown; how it sounds
    writing         how it is told
    worlds          what is true
    images          what was made
    tools           what makes it

Imports, foreign keys and template includes point down.
"""
