"""The verbs of the command, a file each; every file names its click command `command`."""
