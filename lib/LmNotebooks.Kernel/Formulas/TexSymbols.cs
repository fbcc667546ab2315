namespace LmNotebooks.Kernel.Formulas;

/// <summary>The names of TeX that stand for one sign or one word.</summary>
internal static class TexSymbols
{
    /// <summary>Signs that are values: letters, and what stands in a letter's place.</summary>
    public static IReadOnlyDictionary<string, string> Letters { get; } = Table(
        """
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ varkappa
        ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ
        varphi φ chi χ psi ψ omega ω digamma ϝ Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε Zeta Ζ Eta Η Theta Θ Iota Ι
        Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ Omega Ω
        varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varPhi Φ varPsi Ψ varOmega Ω infty ∞
        ell ℓ partial ∂ nabla ∇ hbar ℏ hslash ℏ imath ı jmath ȷ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ emptyset ∅ varnothing ∅
        top ⊤ bot ⊥ angle ∠ measuredangle ∡ triangle △ Box □ square □ blacksquare ■ Diamond ◊ lozenge ◊ checkmark ✓
        degree ° S § P ¶ pounds £ yen ¥ euro € copyright © circledR ® flat ♭ sharp ♯ natural ♮ clubsuit ♣ diamondsuit
        ♢ heartsuit ♡ spadesuit ♠ bigstar ★ mho ℧ eth ð complement ∁ Bbbk 𝕜 backslash \ surd √ ldots … dots … dotsc …
        dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰ adots ⋰ forall ∀ exists ∃ nexists ∄ lnot ¬
        neg ¬ % % $ $ # # & & _ _ ss ß ae æ AE Æ oe œ OE Œ o ø O Ø aa å AA Å l ł L Ł i ı textbackslash \ lq ‘ rq ’
        """);

    public static IReadOnlyDictionary<string, string> Operators { get; } = Table(
        """
        cdot ⋅ cdotp ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ odot ⊙ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘
        dagger † ddagger ‡ wedge ∧ land ∧ vee ∨ lor ∨ cap ∩ cup ∪ Cap ⋒ Cup ⋓ sqcap ⊓ sqcup ⊔ uplus ⊎ setminus ∖
        smallsetminus ∖ wr ≀ amalg ⨿ diamond ⋄ bigtriangleup △ bigtriangledown ▽ triangleleft ◃ triangleright ▹ ltimes
        ⋉ rtimes ⋊ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ intercal ⊺ barwedge ⊼ veebar ⊻ bigcirc ◯ circledast ⊛
        circledcirc ⊚ centerdot ⋅ dotplus ∔ divideontimes ⋇ le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ lt < gt > ne ≠
        neq ≠ approx ≈ approxeq ≊ sim ∼ simeq ≃ thicksim ∼ thickapprox ≈ cong ≅ equiv ≡ propto ∝ varpropto ∝ asymp ≍
        doteq ≐ triangleq ≜ coloneqq ≔ coloneq ≔ colonequals ≔ eqqcolon ≕ Coloneqq ⩴ vcentcolon : ll ≪ gg ≫ lll ⋘ ggg
        ⋙ lesssim ≲ gtrsim ≳ lessgtr ≶ gtrless ≷ leqq ≦ geqq ≧ lneq ⪇ gneq ⪈ nless ≮ ngtr ≯ nleq ≰ ngeq ≱ prec ≺ succ
        ≻ preceq ⪯ succeq ⪰ preccurlyeq ≼ succcurlyeq ≽ precsim ≾ succsim ≿ curlyeqprec ⋞ curlyeqsucc ⋟ nprec ⊀ nsucc
        ⊁ in ∈ notin ∉ ni ∋ owns ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈
        nsupseteq ⊉ Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ mid ∣ nmid ∤ parallel ∥
        nparallel ∦ perp ⊥ vdash ⊢ dashv ⊣ vDash ⊨ models ⊨ Vdash ⊩ bowtie ⋈ Join ⋈ smile ⌣ frown ⌢ between ≬
        pitchfork ⋔ multimap ⊸ therefore ∴ because ∵ nsim ≁ ncong ≇ trianglelefteq ⊴ trianglerighteq ⊵ to → rightarrow
        → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ mapsto ↦ longmapsto ⟼ implies
        ⟹ impliedby ⟸ iff ⟺ longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸
        Longleftrightarrow ⟺ hookrightarrow ↪ hookleftarrow ↩ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼
        leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑
        Downarrow ⇓ Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightsquigarrow ⇝ leadsto ⇝ rightrightarrows
        ⇉ leftleftarrows ⇇ rightleftarrows ⇄ leftrightarrows ⇆ twoheadrightarrow ↠ rightarrowtail ↣ nrightarrow ↛
        nleftarrow ↚ nRightarrow ⇏ nLeftarrow ⇍ nLeftrightarrow ⇎ upharpoonright ↾ restriction ↾ curvearrowright ↷
        circlearrowleft ↺ circlearrowright ↻ Lsh ↰ Rsh ↱ dashrightarrow ⇢ dashleftarrow ⇠ longdashrightarrow ⇢ colon :
        ldotp . semicolon ; comma ,
        """);

    /// <summary>Signs that take what is under and over them as limits, where there is room.</summary>
    public static IReadOnlyDictionary<string, string> Large { get; } = Table(
        """
        sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀
        biguplus ⨄
        """);

    /// <summary>Large signs that keep their limits beside them.</summary>
    public static IReadOnlyDictionary<string, string> Integrals { get; } = Table(
        "int ∫ iint ∬ iiint ∭ iiiint ⨌ oint ∮ oiint ∯ oiiint ∰ smallint ∫ intop ∫");

    public static IReadOnlyDictionary<string, string> Fences { get; } = Table(
        """
        { { } } | ‖ lbrace { rbrace } lbrack [ rbrack ] lVert ‖ rVert ‖ Vert ‖ lvert | rvert | vert | langle ⟨ rangle
        ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lgroup ⟮ rgroup ⟯ lmoustache ⎰ rmoustache ⎱ ulcorner ⌜ urcorner ⌝ llcorner
        ⌞ lrcorner ⌟ llbracket ⟦ rrbracket ⟧
        """);

    /// <summary>Signs above a value that keep their size.</summary>
    public static IReadOnlyDictionary<string, string> Accents { get; } = Table(
        "hat ^ bar ¯ tilde ~ vec → dot ˙ ddot ¨ dddot … ddddot …. check ˇ breve ˘ acute ´ grave ` mathring ˚");

    /// <summary>Signs above a value that grow with the value.</summary>
    public static IReadOnlyDictionary<string, string> WideAccents { get; } = Table(
        """
        widehat ̂ widetilde ̃ widecheck ̌ overrightarrow → overleftarrow ← overleftrightarrow ↔ Overrightarrow ⇒
        overrightharpoon ⇀ overleftharpoon ↼ overparen ⏜ wideparen ⏜ overbracket ⎴
        """);

    /// <summary>Signs below a value that grow with it.</summary>
    public static IReadOnlyDictionary<string, string> UnderAccents { get; } = Table(
        "underrightarrow → underleftarrow ← underleftrightarrow ↔ underparen ⏝ underbracket ⎵ utilde ~");

    /// <summary>Arrows that are as long as what is written over and under them.</summary>
    public static IReadOnlyDictionary<string, string> LongArrows { get; } = Table(
        """
        xrightarrow → xleftarrow ← xleftrightarrow ↔ xRightarrow ⇒ xLeftarrow ⇐ xLeftrightarrow ⇔ xmapsto ↦ xlongequal
        = xhookrightarrow ↪ xhookleftarrow ↩ xrightharpoonup ⇀ xleftharpoonup ↼ xrightleftharpoons ⇌
        xtwoheadrightarrow ↠
        """);

    /// <summary>Signs that Unicode has with a stroke through them too.</summary>
    public static IReadOnlyDictionary<string, string> Negated { get; } = Table(
        "= ≠ ∈ ∉ ∋ ∌ &lt; ≮ &gt; ≯ ≤ ≰ ≥ ≱ ⊂ ⊄ ⊃ ⊅ ⊆ ⊈ ⊇ ⊉ ≡ ≢ ∼ ≁ ≃ ≄ ≈ ≉ ≅ ≇ ∥ ∦ ∣ ∤ ∃ ∄ → ↛ ← ↚ ⇒ ⇏ ⊢ ⊬ ⊨ ⊭");

    public static IReadOnlyDictionary<string, string> Spaces { get; } = Table(
        """
        , 0.17em thinspace 0.17em : 0.22em > 0.22em medspace 0.22em ; 0.28em thickspace 0.28em space 0.33em
        nobreakspace 0.33em enspace 0.5em enskip 0.5em quad 1em qquad 2em ! -0.17em negthinspace -0.17em negmedspace
        -0.22em negthickspace -0.28em
        """);

    public static IReadOnlySet<string> Functions { get; } = Words(
        """
        log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth sech csch arg deg dim hom ker
        """);

    /// <summary>Names that take their subscript below them, with the words that are shown.</summary>
    public static IReadOnlyDictionary<string, string> Limits { get; } = Table(
        """
        max max min min lim lim sup sup inf inf det det gcd gcd Pr Pr limsup lim_sup liminf lim_inf varlimsup lim_sup
        varliminf lim_inf argmax arg_max argmin arg_min injlim inj_lim projlim proj_lim plim plim
        """);

    /// <summary>Commands that say something about numbering, files or layout: a page shows nothing for them.</summary>
    public static IReadOnlySet<string> Silent { get; } = Words(
        """
        nonumber notag displaylimits relax hfill hfil vfill allowbreak nobreak newline displaybreak protect null
        centering noindent bigskip medskip smallskip par
        """);

    /// <summary>Commands whose first argument a page does not show.</summary>
    public static IReadOnlySet<string> SilentWithArgument { get; } = Words(
        "label require vspace usepackage cline hypertarget allowdisplaybreaks");

    // An underscore between letters stands for the small space in names such as arg max.
    private static Dictionary<string, string> Table(string pairs) =>
        Split(pairs).Chunk(2).ToDictionary(p => p[0], p => p[1].Length > 1 ? p[1].Replace('_', '\u2009') : p[1]);

    private static HashSet<string> Words(string words) => [.. Split(words)];

    private static string[] Split(string words) =>
        words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
