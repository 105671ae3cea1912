"""tmp"""
from vbclang.source import Diagnostic, Span
def looks(text, chunk): return ()
def explain(text, chunk, words, problem, at):
    return Diagnostic("S001", f"{problem}"[:200], Span(text.file, chunk.start+at, chunk.start+at+1))
