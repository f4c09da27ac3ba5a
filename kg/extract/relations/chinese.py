"""How Chinese states a relation; machine-translated word order included."""

from kg.extract.relations.templates import Template

_SYSTEM = "Model Method Software"
_THING = "Model Method Software Dataset Benchmark"
_DATA = "Dataset Benchmark"
_AIM = "Task Concept"

TEMPLATES: tuple[Template, ...] = (
    Template("trainedOn", rf"<A {_SYSTEM}>~在…<B+ Dataset Concept>…(?:上|中)?(?:进行)?(?:了)?(?:预训练|训练|微调)", 0.75, "⟨Model:0⟩在⟨Dataset:1⟩上进行了预训练"),
    Template("trainedOn", r"<C>~在…<B+ Dataset>…(?:上|中)(?:进行)?(?:了)?(?:预训练|训练|微调)", 0.65, "我们的模型在⟨Dataset:0⟩上训练"),
    Template("evaluatedOn", rf"<A {_SYSTEM}>~(?:在|对|于|通过|基于)…<B+ {_DATA}>(?![^。；，⟨⟩]{{0,6}}(?:训练|微调))", 0.6, "⟨Method:0⟩在⟨Benchmark:1⟩上取得了"),
    Template("evaluatedOn", rf"(?:证明|表明|展示|验证|评估|测试|实验|结果)[^。；]{{0,30}}?在[^。；]{{0,40}}?<B+ {_DATA}>[^。；]{{0,40}}?<A {_SYSTEM}>", 0.6,
             "我们证明了在⟨Dataset:0⟩的背景下，提出的⟨Method:1⟩"),
    Template("evaluatedOn", rf"<C>~(?:在|对|于)…<B+ {_DATA}>…(?:上|中|数据|的)", 0.6, "我们在⟨Dataset:0⟩上的实验"),
    Template("evaluatedOn", rf"(?:在)…<B+ {_DATA}>…(?:上|中)…(?:实验|评估|测试|验证|结果|表现|性能)", 0.6, "在⟨Dataset:0⟩上的实验表明"),
    Template("evaluatedOn", r"我们[^。；⟨⟩]{0,6}(?:评估|测试|评测)了?~<A Model Method>", 0.6, "我们评估了⟨Organization:0⟩的⟨Model:1⟩"),
    Template("usedFor", rf"(?:基于|利用|使用)[^⟨⟩在]{{0,6}}<A {_SYSTEM} Concept>~(?:的|是)[^。；⟨⟩]{{0,14}}<B Task>", 0.55, "基于⟨Model:0⟩的⟨Concept:1⟩数据的充分表示是完全自动化的⟨Task:2⟩"),
    Template("usedFor", rf"(?:通过|使用|利用|基于)[^⟨⟩在]{{0,6}}<A+ {_SYSTEM}>~来(?:增强|改善|提高|实现|解决|进行|改进|完成)…<B {_AIM} Method>", 0.6, "通过基于⟨Method:0⟩的⟨Method:1⟩步骤来增强⟨Task:2⟩"),
    Template("usedFor", rf"<A {_SYSTEM}>~为…<B {_AIM}>…提供", 0.6, "⟨Method:0⟩的⟨Method:1⟩，为⟨Task:2⟩提供方法"),
    Template("usedFor", rf"<A {_SYSTEM} Concept Dataset>…(?:用于|应用于|用来|来实现|来进行|以实现|适用于|可以实现|实现了?|解决了?|进行|为)…<B+ {_AIM}>", 0.65, "⟨Method:0⟩用于⟨Task:1⟩"),
    Template("usedFor", rf"(?:使用|利用|采用|通过|基于|借助)…<A+ {_SYSTEM} Concept>…(?:进行|来|实现)…<B {_AIM}>", 0.6, "使用⟨Method:0⟩进行⟨Task:1⟩"),
    Template("usedFor", rf"<A {_SYSTEM} Concept>…(?:成为|增强|改善|提高|支持|促进)…<B+ {_AIM} Method>", 0.6, "⟨Method:0⟩可以成为⟨Task:1⟩的强大工具"),
    Template("usedFor", rf"(?:增强|改善|提高|改进)…<B {_AIM} Method>…(?:通过|基于|利用|使用)…<A {_SYSTEM}>", 0.65, "增强⟨Task:0⟩的途径是通过⟨Method:1⟩"),
    Template("basedOn", rf"<A {_THING}>…(?:是)?(?:基于|建立在|源自|扩展了?|借鉴)…<B+ {_SYSTEM} Concept>", 0.7, "⟨Method:0⟩基于⟨Method:1⟩"),
    Template("basedOn", rf"基于…<B+ {_SYSTEM}>…的…<A {_THING}>", 0.65, "基于⟨Method:0⟩的⟨Method:1⟩"),
    Template("basedOn", rf"基于…<B+ {_SYSTEM}>~(?:称(?:之)?为|称作|命名为|名为)…<A {_THING}>", 0.85, "基于⟨Method:0⟩和我们称为⟨Method:1⟩"),
    Template("basedOn", rf"基于~(?:称(?:之)?为|称作|命名为|名为)<A Method Model>的<B {_SYSTEM}>", 0.85, "基于⟨Method:0⟩和我们称为⟨Method:1⟩的⟨Method:2⟩"),
    Template("partOf", rf"<B {_THING}>…(?:由|包括|包含|结合了?|融合了?|集成了?)…<A+ Model Method Software Dataset>", 0.6, "⟨Method:0⟩结合了⟨Method:1⟩和⟨Method:2⟩"),
    Template("partOf", r"<A>…是…<B>…的(?:一部分|组成部分|关键步骤|一个步骤|核心)", 0.7, "⟨Method:0⟩是⟨Method:1⟩的一部分"),
    Template("kindOf", r"<A Model Method Dataset Benchmark Metric Software Task>…(?:是|作为)(?:一种|一个|一类|一款)…<B Model Method Dataset Benchmark Metric Software Task>", 0.7, "⟨Model:0⟩是一种⟨Model:1⟩"),
    Template("kindOf", r"(?:如|例如|比如|包括)…<A+>(?:等|等等)(?:的)?<B>", 0.65, "如⟨Model:0⟩和⟨Model:1⟩等⟨Model:2⟩"),
    Template("kindOf", r"<B>[,，（(]?(?:例如|比如|如)…<A+>", 0.6, "⟨Task:0⟩，例如⟨Task:1⟩"),
    Template("comparedWith", rf"<A {_SYSTEM}>…(?:优于|胜过|超过|超越|好于|相比|比较|高于)…<B+ {_SYSTEM}>", 0.65, "⟨Model:0⟩优于⟨Model:1⟩"),
    Template("comparedWith", rf"(?:与|和|同)…<B+ {_SYSTEM}>…相比[,，]?…<A {_SYSTEM}>", 0.65, "与⟨Model:0⟩相比，⟨Model:1⟩"),
    Template("benchmarkFor", rf"<A {_DATA}>~(?:用于|旨在|专注于|来)?(?:评估|衡量|测试|评测|测量|专注于)~<B+ Task Model>", 0.65, "⟨Benchmark:0⟩用于评估⟨Model:1⟩"),
    Template("benchmarkFor", rf"<A {_DATA}>[^。；⟨⟩]{{0,24}}<B Task Concept>(?:数据集|语料库|任务|基准)", 0.6, "⟨Dataset:0⟩一个由126个以上的⟨Task:1⟩数据集的社区库"),
    Template("exhibits", r"<A Model Method Dataset Concept>…(?:表现出|存在|具有|遭受|展现出|容易出现|缺乏|显示出)…<B+ Concept>", 0.65, "⟨Model:0⟩表现出⟨Concept:1⟩"),
    Template("developedBy", r"<B Organization>的…<A Model Method Dataset Benchmark Software>", 0.8, "⟨Organization:0⟩的⟨Model:1⟩"),
    Template("developedBy", r"<A Model Method Dataset Benchmark Software>…由…<B+ Organization Person>…(?:开发|提出|发布|训练|构建)", 0.8, "⟨Model:0⟩由⟨Organization:1⟩开发"),
    Template("subTaskOf", r"<A Task>是…<B Task>…的(?:子任务|一个步骤|基础|前提)", 0.65, "⟨Task:0⟩是⟨Task:1⟩的子任务"),
)  # fmt: skip
