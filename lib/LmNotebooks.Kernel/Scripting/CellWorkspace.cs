using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Two script projects: the sum of the executed cells, and after it the cell that is being written.</summary>
internal sealed class CellWorkspace
{
    public static CSharpParseOptions Parsing { get; } =
        new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);

    private readonly DocumentId before, cell;
    private Solution solution;
    private CellSum known = new("", []);

    public CellWorkspace(CSharpCompilationOptions options)
    {
        solution = new AdhocWorkspace().CurrentSolution;
        before = AddProject("earlier", options, []);
        cell = AddProject("cell", options, [new ProjectReference(before.ProjectId)]);
    }

    /// <summary>The cell's code with all that it can see. What Roslyn found out about the last version serves the
    /// next.</summary>
    public Document Open(string code, CellSum earlier)
    {
        if (earlier != known)
        {
            known = earlier;
            ImmutableArray<MetadataReference> all = [.. References.Default, .. earlier.References];
            solution = solution.WithDocumentText(before, SourceText.From(earlier.Code))
                .WithProjectMetadataReferences(before.ProjectId, all)
                    .WithProjectMetadataReferences(cell.ProjectId, all);
        }
        solution = solution.WithDocumentText(cell, SourceText.From(code));
        return solution.GetDocument(cell)!;
    }

    private DocumentId AddProject(string name, CSharpCompilationOptions options, ProjectReference[] previous)
    {
        var project = ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, name, name,
            LanguageNames.CSharp,
            compilationOptions: options, parseOptions: Parsing, metadataReferences: References.Default,
                projectReferences: previous, isSubmission: true);
        var id = DocumentId.CreateNewId(project.Id);
        solution = solution.AddProject(project).AddDocument(DocumentInfo.Create(id, name,
            sourceCodeKind: SourceCodeKind.Script));
        return id;
    }
}
