"""What a change costs, in the order in which fixes are proposed: an edit of the pod, then ever more for others."""

POD_EDIT = 10
CLAIM = 15
LABEL = 20
UNCORDON = 30
TAINT = 40
NEW_NODE = 50
DELETION = 60
