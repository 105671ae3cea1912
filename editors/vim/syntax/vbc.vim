" Vim syntax file: value-based contracts (vbc). Written by `make editors`: do not edit.

if exists("b:current_syntax")
  finish
endif

syntax case match
syntax sync minlines=1

" Of two matches that begin at one place, Vim takes the one that stands later here.
syntax match vbcSign /[-+*\/×÷%|:(),]/
syntax match vbcTerm /\v<[A-Z]\w*%(['.&-]\w+)*/
syntax match vbcColumn /\v<[a-z]\w*/
syntax match vbcWord /\v<%(interpolation|subcontractor|commissioner|completeness|withholdings|consecutive|differences|instalments|percentages|provisional|termination|withholding|attributed|identifies|incentives|percentage|percentile|proportion|repayments|suspension|automatic|averaging|corrected|effective|excluding|exercised|guarantee|incentive|increased|otherwise|published|reference|repayment|sanctions|withholds|accepted|addition|assessed|assessor|assuming|baseline|breached|calendar|complete|contract|counting|currency|fraction|interest|investor|language|lateness|notified|occurred|payments|previous|provider|quarters|receives|recovers|released|releases|reported|rounding|sanction|schedule|straight|supplied|supplier|survives|together|weighted|against|amounts|applies|average|because|carried|checked|columns|counted|decided|decimal|deducts|deliver|divided|dropped|edition|equally|example|exceeds|failing|failure|formula|forward|general|greater|highest|history|limited|measure|minutes|nearest|nothing|numbers|payment|periods|publish|quarter|reduced|rounded|settled|version|warning|without|working|agreed|amount|before|better|beyond|called|change|clause|column|counts|earned|effect|enough|excess|failed|figure|frozen|higher|inside|latest|leaves|lesser|lowest|minute|moment|months|netted|notice|number|others|passed|period|places|points|pooled|ratios|result|scores|shared|shares|source|starts|titled|unless|waived|within|worked|above|after|again|apply|bears|below|blank|borne|break|buyer|count|cured|dated|dates|drawn|equal|event|every|falls|fewer|final|first|force|given|gives|group|hours|later|least|lower|means|money|month|named|names|never|order|other|party|payer|place|point|rates|ratio|right|rules|share|shown|small|start|takes|total|under|unfit|until|weeks|where|which|whole|worse|worst|years|band|both|data|date|days|does|down|duty|each|exit|fall|file|flat|from|full|fund|gain|give|good|half|held|hold|hour|kept|last|lead|left|less|line|list|loss|lost|make|more|most|next|none|once|only|over|paid|part|pays|rank|rata|rate|rise|rows|runs|same|step|take|term|text|than|that|then|time|unit|used|uses|ways|week|when|with|year|The|and|any|are|but|day|due|end|for|has|its|may|met|not|one|out|pay|per|pro|row|run|the|too|use|yes|as|at|be|by|do|if|in|is|it|no|of|on|or|to|up|a)%('s?)?['[:alnum:]_]@!/
syntax match vbcFigure /\v<\d[0-9,]*%(\.\d+)?%(st|nd|rd|th)?>%(\s*\%|\s+%(million|billion|thousand)>)?/
syntax match vbcFigure /\v%(%(<%(A|C|NZ|US))?\$|[£€¥₹]|<%(GBP|EUR|USD|AUD|CAD|NZD|CHF|DKK|NOK|SEK|PLN|SGD|INR|JPY)\s*)\s*\d[0-9,]*%(\.\d+)?%(\s+%(million|billion|thousand)>)?/
syntax match vbcDate /\v<Q[1-4]\s+\d{4}\/\d{2}>/
syntax match vbcDate /\v<%(\d{1,2}\s+%(January|February|March|April|May|June|July|August|September|October|November|December)%(\s+\d{4})?|%(January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{4})>/
syntax match vbcDate /\v<Contract\s+Years?\s+\d+%(\/\d{2})?>/
syntax match vbcItem /\v^\s*\zs%(worked\s+example|general\s+rules|guarantee|contract|schedule|formula|measure|clause|event|group|party|data|list|part|unit|use)['[:alnum:]_]@!%(\s+years?>)@!/
syntax match vbcQuoted /"[^"]*"/
syntax match vbcNote /#.*$/
syntax match vbcProse /^\s*\zs>.*$/

highlight default link vbcProse String
highlight default link vbcNote Comment
highlight default link vbcQuoted String
highlight default link vbcItem Statement
highlight default link vbcDate Constant
highlight default link vbcFigure Number
highlight default link vbcWord Keyword
highlight default link vbcColumn Identifier
highlight default link vbcTerm Type
highlight default link vbcSign Operator

let b:current_syntax = "vbc"
