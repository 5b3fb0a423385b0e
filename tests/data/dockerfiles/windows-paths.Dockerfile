# escape=`
FROM windows
COPY ["a\\b", "c:\\d"]
WORKDIR C:\app
RUN powershell -c "x" ; `
    y
