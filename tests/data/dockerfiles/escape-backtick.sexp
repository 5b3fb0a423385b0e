(from "mcr.microsoft.com/windows/nanoserver")
(copy "testfile.txt" "c:\\")
(run "dir c:\\   && dir d:\\")
