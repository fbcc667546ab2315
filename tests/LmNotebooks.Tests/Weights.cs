using System.Security.Cryptography;
using LmNotebooks.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LmNotebooks.Tests;

/// <summary>Weights of models and of their parts, compared to the last bit.</summary>
internal static class Weights
{
    /// <summary>What stands for all weights of a module.</summary>
    public static string Hash(nn.Module module) =>
        string.Join('\n', module.state_dict().OrderBy(p => p.Key, StringComparer.Ordinal)
        .Select(p => $"{p.Key} {Convert.ToHexString(SHA256.HashData(p.Value.bytes))}"));

    /// <summary>The same of each of some parts.</summary>
    public static string[] Hashes(IEnumerable<Part> parts) => [.. parts.Select(p => Hash(p.Module))];

    /// <summary>Weights by their names, apart from the module.</summary>
    public static Dictionary<string, Tensor> Copy(nn.Module module) => module.state_dict()
        .ToDictionary(p => p.Key, p => p.Value.detach().clone());

    /// <summary>Sets the weights that a module has among these.</summary>
    public static void Set(nn.Module module, IReadOnlyDictionary<string, Tensor> weights)
    {
        using var off = no_grad();
        foreach (var (name, weight) in module.state_dict()) weight.copy_(weights[name]);
    }
}
