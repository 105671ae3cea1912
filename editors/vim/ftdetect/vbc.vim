autocmd BufRead,BufNewFile *.vbc setfiletype vbc
