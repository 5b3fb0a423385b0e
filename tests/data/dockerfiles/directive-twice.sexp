error: line 2: Only one escape parser directive can be used. Remove this one.
