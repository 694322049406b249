"""How much memory a process took, asked by itself."""

PEAK = '''
import re, resource, sys

def peak():
    """MiB at the most. On Linux `ru_maxrss` of a child begins with what its parent takes, so the kernel is asked."""
    if sys.platform == "linux":
        return int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
'''
