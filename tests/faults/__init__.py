"""What goes wrong between a writer and the studio, made to happen: for the drills and bench.faults.

`device` is the editor's saving without its page; `proxy` a network that cuts, doubles and reorders;
`house` a studio in processes that are killed; `http`, `browsers` and `two_devices` drive them.
"""
