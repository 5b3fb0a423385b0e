error: line 1: Only one escape parser directive can be used. Remove this one.
