"""
What becomes of an index when the disk, the process or a file fails?

`python tests/faults/faults.py` tells what it can do to one: `inject` lets every
single write, sync, rename and deletion fail; `kill` ends real processes; `damage`
changes bytes; `load` searches from many threads while others write. Each answers
with the number of trials, and exit code 1 when an index did not survive one. A
small version of each runs with the tests.

faults.py     the command
disk.py       a disk that fails, is full, or loses power at the n-th operation
scenarios.py  what is done to an index: first add, add, delete, merge, sync
injecting.py  every scenario with every fault at every operation
killing.py    `kill -9` at random moments
damaging.py   bytes flipped, files cut short, swapped, lost
loading.py    16 threads search while a writer commits ten times a second
state.py      the answers of an index, to compare with those of before and after
"""
