maintainer me
from scratch
