]]{{	
"unclosed
'''
$(
<<<<
