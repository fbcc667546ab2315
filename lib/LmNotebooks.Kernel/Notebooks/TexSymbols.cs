namespace LmNotebooks.Kernel.Notebooks;

/// <summary>The names of TeX that <see cref="TexToMathMl"/> knows, with the characters that stand for them.</summary>
internal static class TexSymbols
{
    public static IReadOnlyDictionary<string, string> Letters { get; } = Table(
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ " +
        "upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω " +
        "infty ∞ ell ℓ partial ∂ nabla ∇ emptyset ∅ ldots … dots … cdots ⋯ vdots ⋮ hbar ℏ top ⊤ bot ⊥");

    public static IReadOnlyDictionary<string, string> Operators { get; } = Table(
        "cdot ⋅ times × div ÷ pm ± mp ∓ le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ equiv ≡ propto ∝ ll ≪ gg ≫ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ " +
        "cup ∪ cap ∩ setminus ∖ to → rightarrow → leftarrow ← leftrightarrow ↔ mapsto ↦ Rightarrow ⇒ Leftrightarrow ⇔ implies ⟹ iff ⟺ mid ∣ parallel ∥ perp ⊥ " +
        "forall ∀ exists ∃ land ∧ lor ∨ lnot ¬ circ ∘ odot ⊙ oplus ⊕ otimes ⊗ ast ∗ star ⋆ colon : triangleq ≜ prime ′ % % $ $ # # & & _ _");

    public static IReadOnlyDictionary<string, string> Large { get; } = Table("sum ∑ prod ∏ int ∫ bigcup ⋃ bigcap ⋂");

    public static IReadOnlyDictionary<string, string> Fences { get; } = Table(
        "{ { } } | ‖ lVert ‖ rVert ‖ Vert ‖ lvert | rvert | vert | langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace }");

    public static IReadOnlyDictionary<string, string> Accents { get; } = Table("hat ^ widehat ^ bar ¯ overline ‾ tilde ~ widetilde ~ vec → dot ˙ ddot ¨");

    public static IReadOnlyDictionary<string, string> Spaces { get; } = new Dictionary<string, string>
    {
        [","] = "0.17em", [":"] = "0.22em", [">"] = "0.22em", [";"] = "0.28em", ["!"] = "-0.17em", [" "] = "0.33em", ["quad"] = "1em", ["qquad"] = "2em",
    };

    public static IReadOnlySet<string> Functions { get; } = new HashSet<string>("log ln exp sin cos tan sinh cosh tanh det dim ker deg".Split(' '));

    /// <summary>Names that take their subscript below them.</summary>
    public static IReadOnlyDictionary<string, string> Limits { get; } = Table("max max min min lim lim sup sup inf inf argmax arg\u2009max argmin arg\u2009min Pr Pr");

    /// <summary>The capital letter in one of Unicode's mathematical alphabets; null for anything else.</summary>
    public static string? Alphabet(string name, string letter)
    {
        if (letter.Trim() is not [>= 'A' and <= 'Z' and var c]) return null;
        return name switch
        {
            // Unicode had these letters before the alphabets, at other places.
            "mathbb" when "CHNPQRZ".IndexOf(c) is >= 0 and var i => "ℂℍℕℙℚℝℤ"[i].ToString(),
            "mathcal" when "BEFHILMR".IndexOf(c) is >= 0 and var i => "ℬℰℱℋℐℒℳℛ"[i].ToString(),
            _ => char.ConvertFromUtf32((name switch { "mathbb" => 0x1D538, "mathcal" => 0x1D49C, _ => 0x1D400 }) + c - 'A'),
        };
    }

    private static Dictionary<string, string> Table(string pairs) => pairs.Split(' ').Chunk(2).ToDictionary(p => p[0], p => p[1]);
}
