if exists("b:did_ftplugin")
  finish
endif
let b:did_ftplugin = 1

setlocal commentstring=#\ %s comments=:#,:> expandtab shiftwidth=2 softtabstop=2
setlocal makeprg=vbc\ check\ %:S errorformat=%trror[%*[^]]]\ %f:%l:%c,%tarning[%*[^]]]\ %f:%l:%c,%tnformation[%*[^]]]\ %f:%l:%c

let b:undo_ftplugin = "setlocal commentstring< comments< expandtab< shiftwidth< softtabstop< makeprg< errorformat<"
