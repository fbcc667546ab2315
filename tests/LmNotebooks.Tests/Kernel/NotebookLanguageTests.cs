using LmNotebooks.Kernel.Notebooks;

namespace LmNotebooks.Tests.Kernel;

public class NotebookLanguageTests
{
    private static string? Foreign(string metadata)
    {
        var text = $$"""{"nbformat":4,"cells":[],"metadata":{{metadata}}}""";
        return NotebookLanguage.Foreign(Notebook.Parse(text, "n.ipynb"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"kernelspec":{"language":"csharp","name":"lmnotebooks"},"language_info":{"name":"csharp"}}""")]
    [InlineData("""
        {"kernelspec":{"language":"C#","name":".net-csharp"},"language_info":{"name":"polyglot-notebook"},
         "polyglot_notebook":{"kernelInfo":{"defaultKernelName":"csharp","items":[]}}}
        """)]
    [InlineData("""{"kernelspec":{"name":".net-csharp"}}""")]
    [InlineData("""{"kernelspec":{"name":"","language":""},"language_info":{"name":"C#"}}""")]
    [InlineData("""{"language_info":{"name":"polyglot-notebook"}}""")]
    // The kernel was chosen after the notebook last ran.
    [InlineData("""{"kernelspec":{"name":"lmnotebooks","language":"csharp"},"language_info":{"name":"python"}}""")]
    [InlineData("""{"kernelspec":5,"language_info":[],"polyglot_notebook":"x"}""")]
    public void In_CSharp_or_no_language_it_is_ours(string metadata) => Assert.Null(Foreign(metadata));

    [Theory]
    [InlineData("Python",
        """{"kernelspec":{"language":"python","name":"python3"},"language_info":{"name":"python"}}""")]
    [InlineData("Python", """{"kernelspec":{"display_name":"Python 3","name":"python3"}}""")]
    [InlineData("Python", """{"language_info":{"name":"python"}}""")]
    [InlineData("F#", """{"kernelspec":{"language":"F#","name":".net-fsharp"},"language_info":{"name":"F#"}}""")]
    [InlineData("F#", """
        {"kernelspec":{"name":".net-csharp","language":"C#"},
         "polyglot_notebook":{"kernelInfo":{"defaultKernelName":"fsharp"}}}
        """)]
    [InlineData("F#", """{"kernelspec":{"name":".net-fsharp"},"language_info":{"name":"polyglot-notebook"}}""")]
    [InlineData("PowerShell", """{"kernelspec":{"name":".net-powershell","language":"PowerShell"}}""")]
    [InlineData("R", """{"kernelspec":{"display_name":"R","language":"R","name":"ir"},"language_info":{"name":"R"}}""")]
    [InlineData("Julia", """{"kernelspec":{"display_name":"Julia 1.10","language":"julia","name":"julia-1.10"}}""")]
    [InlineData("Rust", """{"kernelspec":{"display_name":"Rust","language":"Rust","name":"rust"}}""")]
    public void In_another_language_it_is_named(string language, string metadata) =>
        Assert.Equal(language, Foreign(metadata));
}
