"""tmp"""
from vbclang.source import Diagnostic, Span
def looks(text, chunk): return ()
def explain(text, chunk, words, problem, at):
    return Diagnostic("S001", f"{getattr(problem,'message','')} {sorted(getattr(problem,'wanted',[]))[:25]}", Span(text.file, chunk.start+at, chunk.start+at+1))
