FROM alpine   
RUN a	 
COPY a  b   
   
