"""How English states a relation. The order does not matter: of several matches for a pair the surest wins."""

from kg.extract.relations.templates import Template

_SYSTEM = "Model Method Software"
_THING = "Model Method Software Dataset Benchmark"
_DATA = "Dataset Benchmark"
_AIM = "Task Concept"

TEMPLATES: tuple[Template, ...] = (
    Template("trainedOn", rf"<A+ {_SYSTEM}>~\b(?:pre-?)?(?:train|learn|fine-?tun)ed (?:…)?(?:on|with|using|over|from) …<B+ Dataset Benchmark Concept>", 0.75,
             "⟨Model:0⟩ is a ⟨Model:1⟩ that was trained on the ⟨Dataset:2⟩ corpus"),
    Template("trainedOn", r"<C>…\b(?:pre-?)?(?:train|fine-?tun)(?:ed|ing)? …on …<B+ Dataset>", 0.65, "We pre-train it on ⟨Dataset:0⟩"),
    Template("trainedOn", rf"(?:[Tt]raining|[Ff]ine-?tuning) …<A {_SYSTEM}> on …<B+ Dataset>", 0.75, "Fine-tuning ⟨Model:0⟩ on ⟨Dataset:1⟩"),
    Template("evaluatedOn", rf"<A+ {_SYSTEM}>~\b(?:evaluated|tested|validated|benchmarked|assessed|demonstrated|applied|achiev\w+|obtain\w*|outperform\w*|perform\w*|improv\w+|reach\w*|yields?)~ (?:on|in|across) …<B+ {_DATA}>",
             0.65, "⟨Method:0⟩ is evaluated on ⟨Dataset:1⟩"),
    Template("evaluatedOn", rf"<C>~\b(?:evaluat\w+|test\w*|validat\w+|benchmark\w*|assess\w*|demonstrat\w+|experiment\w*|achiev\w+|outperform\w*|perform\w*|improv\w+|show\w*|results?|appl\w+)~ (?:on|in|across|with|using) …<B+ {_DATA}>",
             0.65, "We evaluate our method on ⟨Dataset:0⟩ and ⟨Dataset:1⟩"),
    Template("evaluatedOn", rf"(?:[Ee]xperiment\w*|[Ee]valuation\w*|[Rr]esults?|[Tt]ests?) (?:…)?(?:on|in|with|using) …<B+ {_DATA}>", 0.6, "Extensive experiments on ⟨Dataset:0⟩ show that"),
    Template("usedFor", rf"<A {_THING}> …\bfor …<B+ {_AIM}>", 0.6, "⟨Method:0⟩ for ⟨Task:1⟩"),
    Template("usedFor", rf"<A {_THING}>…\b(?:(?:is|are|can be|was|were) )?(?:used|applied|designed|employed|adapted|developed|proposed|tailored|intended|leveraged) (?:…)?(?:for|to|in) …<B+ {_AIM}>",
             0.7, "⟨Model:0⟩ is applied to ⟨Task:1⟩"),
    Template("usedFor", rf"<A {_SYSTEM}>…\b(?:solves?|addresses|tackles?|enables?|performs?|improves?|enhances?|facilitates?|supports?|achieves|learns|reduces?|mitigates?|alleviates?) …<B+ {_AIM}>", 0.6,
             "⟨Method:0⟩ enables ⟨Task:1⟩"),
    Template("usedFor", rf"<B Task>…\b(?:using|via|with|through|by|based on|by means of) …<A+ {_SYSTEM}>", 0.6, "⟨Task:0⟩ using ⟨Method:1⟩"),
    Template("usedFor", rf"\b(?:use|using|apply|applying|employ\w*|leverag\w+|utili[sz]\w+|exploit\w*|adopt\w*) …<A+ {_SYSTEM}> (?:…)?(?:for|to|in) …<B+ {_AIM}>", 0.6, "we use ⟨Method:0⟩ for ⟨Task:1⟩"),
    Template("usedFor", rf"<A {_SYSTEM} Concept> enables? …(?:applications?)?,? ?(?:such as|including) …<B+ {_AIM} Method>", 0.7,
             "⟨Concept:0⟩ enables other essential applications, such as ⟨Task:1⟩"),
    Template("usedFor", rf"<A {_SYSTEM} Concept>~\bapplications?,? (?:such as|including|in|like) …<B+ Task Concept Software>", 0.65,
             "⟨Method:0⟩ has become popular, with many real-life applications, including ⟨Task:1⟩"),
    Template("evaluatedOn", r"\b[Ww]e (?:[a-z]+ )?(?:evaluate|benchmark|test|assess|compare)d? …<A+ Model Method>", 0.6, "We evaluate ⟨Model:0⟩ and ⟨Model:1⟩"),
    Template("basedOn", rf"<A {_THING}>(?:, (?:which|that))?…\b(?:based|built|builds?|building|grounded|relies|rely|relying) (?:up)?on …<B+ {_SYSTEM} Concept>", 0.7, "⟨Method:0⟩, which is based on ⟨Method:1⟩"),
    Template("basedOn", rf"<A {_THING}>…\b(?:extends?|extending|derived from|inspired by|generali[sz]es?|an extension of|a variant of|adapts?|fine-?tuned from|builds on) …<B {_THING}>", 0.7,
             "⟨Method:0⟩ extends ⟨Method:1⟩"),
    Template("basedOn", rf"<B {_SYSTEM} Concept>-(?:based|driven|powered|guided|style) (?:[a-z-]+ )?<A {_THING} Task>", 0.75, "⟨Method:0⟩-based ⟨Method:1⟩"),
    Template("partOf", rf"<B {_THING}>…\b(?:consists? of|comprises?|is composed of|includes?|contains?|incorporates?|integrates?|combin(?:es|ing)|employs?) …<A+ Model Method Software Concept Dataset Task>", 0.6,
             "⟨Method:0⟩ consists of ⟨Method:1⟩ and ⟨Method:2⟩"),
    Template("partOf", r"<A>…\b(?:is|are|as) (?:a |an |the )?(?:key |core |essential |main )?(?:part|component|step|module|element|member)s? (?:of|in) …<B>", 0.7, "⟨Method:0⟩ is a component of ⟨Method:1⟩"),
    Template("kindOf", r"<A Model Method Dataset Benchmark Metric Software Task> (?:\([^()]*\) )?(?:is|are) (?:a|an|one) (?:[a-z-]+ ){0,4}<B Model Method Dataset Benchmark Metric Software Task>", 0.75,
             "⟨Model:0⟩ is a decoder-only ⟨Model:1⟩"),
    Template("kindOf", r"<B>s?,? (?:such as|including|like|e\.g\.,?) …<A+>", 0.65, "⟨Model:0⟩ such as ⟨Model:1⟩ and ⟨Model:2⟩"),
    Template("kindOf", r"<A Model Method Dataset Benchmark Software>(?: \([^()]*\))?, (?:a|an|the first) (?:[\w-]+ ){0,4}<B Model Method Dataset Benchmark Software>", 0.65, "⟨Model:0⟩, a large ⟨Model:1⟩"),
    Template("comparedWith", rf"<A {_SYSTEM}>…\b(?:outperform\w*|surpass\w*|exceed\w*|beats?|superior to|better than|compared? (?:with|to|against)|compares favou?rably (?:with|to)|over) …<B+ {_SYSTEM}>", 0.65,
             "⟨Model:0⟩ outperforms ⟨Model:1⟩"),
    Template("comparedWith", rf"<C>…\b(?:outperform\w*|surpass\w*|exceed\w*|beats?|superior to|better than) …<B+ {_SYSTEM}>", 0.6, "our method outperforms ⟨Model:0⟩"),
    Template("benchmarkFor", rf"<A {_DATA}>…\b(?:for|to (?:evaluate|assess|measure|test|benchmark)|(?:evaluat|assess|measur|test|probe)(?:s|es|ing)) …<B+ Task Model Concept>", 0.65,
             "⟨Benchmark:0⟩ for ⟨Task:1⟩"),
    Template("exhibits", r"<A Model Method Dataset Concept>…\b(?:exhibits?|shows?|displays?|suffers? from|demonstrates?|is prone to|are prone to|possess(?:es)?|lacks?|inherits?|enjoys?) …<B+ Concept>", 0.65,
             "⟨Model:0⟩ suffer from ⟨Concept:1⟩"),
    Template("exhibits", r"\b(?:cases?|examples?|instances?|evidence|occurrences?|signs?|phenomen(?:on|a)) of <B Concept> in <A Model Method>", 0.75, "examples of ⟨Concept:0⟩ in ⟨Method:1⟩"),
    Template("exhibits", r"\b(?:cases?|examples?|instances?|evidence|occurrences?) of <B Concept> where <A Model Method>", 0.75, "cases of ⟨Concept:0⟩ where ⟨Model:1⟩ get worse"),
    Template("exhibits", r"<A Model Method>[^⟨⟩.;:]{0,60}\(\s*[\"“]?<B Concept>[\"”]?\s*\)", 0.7, 'Larger ⟨Model:0⟩ repeat back a preferred answer ("⟨Concept:1⟩")'),
    Template("developedBy", r"<B Organization>(?:'s|’s) (?:[a-z-]+ )?<A Model Method Dataset Benchmark Software>", 0.8, "⟨Organization:0⟩'s ⟨Model:1⟩"),
    Template("developedBy", r"<A Model Method Dataset Benchmark Software>…\b(?:developed|built|created|released|proposed|introduced|trained) by <B+ Organization Person>", 0.8, "⟨Model:0⟩ developed by ⟨Organization:1⟩"),
    Template("subTaskOf", r"<A Task>…\b(?:is|are|as) (?:a|an|one) …\b(?:sub-?task|step|subproblem|part|component) (?:of|in|for) …<B Task>", 0.7, "⟨Task:0⟩ is a sub-task of ⟨Task:1⟩"),
)  # fmt: skip
