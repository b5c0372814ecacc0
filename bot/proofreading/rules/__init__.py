"""The rules, one a file: a sheet in, findings out. Pure; what needs the knowledge base asks the sheet's shelf."""
