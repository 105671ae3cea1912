" Writes, for each character of the file, its line and column from 0 and the group that colours it, as JSON to g:out.
set encoding=utf-8
edit ++enc=utf-8
syntax on
set filetype=vbc syntax=vbc
let s:found = []
for s:line in range(1, line('$'))
  let s:text = getline(s:line)
  for s:column in range(0, strchars(s:text) - 1)
    let s:byte = byteidx(s:text, s:column) + 1
    call add(s:found, [s:line - 1, s:column, synIDattr(synID(s:line, s:byte, 1), 'name')])
  endfor
endfor
call writefile([json_encode(s:found)], g:out)
qall!
