"""
Work on batches of articles elsewhere: in threads of this process, or in processes of their own.

`crew` hands batches out and takes what is made of them back, in the order of the batches; `helpers` are
those who work at them; `worker` is what runs in a process. What the work is, each engine says.
"""
