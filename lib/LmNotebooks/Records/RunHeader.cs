using System.Text.Json.Nodes;

namespace LmNotebooks.Records;

/// <summary>What a run was: the first line of its file.</summary>
/// <param name="Experiment">The question that the run belongs to.</param>
/// <param name="Arm">What is compared: the decoupling method, or the baseline.</param>
/// <param name="Config">Model, scale and stages, as JSON.</param>
/// <param name="Seed">Seeds initialisation, data order and every random draw of the run.</param>
/// <param name="DataHash">Identifies language or text.</param>
/// <param name="SourceHash">Hash of the library sources that made the run.</param>
public sealed record RunHeader(string Experiment, string Arm, JsonObject Config, int Seed, string Device, int Threads,
    string DataHash,
    string SourceHash, IReadOnlyDictionary<string, string> Versions, DateTimeOffset Started)
{
    /// <summary>Number of the run in its experiment; null for a run outside of experiments.</summary>
    public int? Number { get; init; }

    /// <summary>Learning rate that a tuning run tries; null for every other run.</summary>
    public double? TriedRate { get; init; }

    /// <summary>Hash of all that the experiment's definition says of this run; null outside of experiments.</summary>
    public string? DefinitionHash { get; init; }
}
