using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Writes the calls of <see cref="Interruption"/> into the text of a cell: into loops, functions and awaits. No line is added or
/// moved, so that errors and stack traces name the lines that the reader wrote.</summary>
internal sealed class Instrumentation : CSharpSyntaxWalker
{
    /// <summary>Without <c>global::</c>, whose colon would begin a format in an interpolated string.</summary>
    private const string Calls = "LmNotebooks.Kernel.Scripting.Interruption.";
    private const string Check = Calls + "Check();", Enter = Calls + "Enter();", Await = Calls + "Await(";

    private readonly SemanticModel model;
    private readonly List<TextChange> changes = [];

    private Instrumentation(SemanticModel model) => this.model = model;

    /// <summary>The cell with its checks; the same compilation if there is nothing to check. It may fail to compile in rare cases where the
    /// original does not.</summary>
    public static CSharpCompilation Of(CSharpCompilation cell, SyntaxTree tree)
    {
        var walker = new Instrumentation(cell.GetSemanticModel(tree));
        walker.Visit(tree.GetRoot());
        if (walker.changes.Count == 0) return cell;
        var text = tree.GetText().WithChanges(walker.changes.OrderBy(c => c.Span.Start)); // a stable order: outer texts begin first and end last
        return cell.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath));
    }

    public override void DefaultVisit(SyntaxNode node)
    {
        switch (node)
        {
            case BlockSyntax block when IsBodyOfLoop(block):
                Insert(block.OpenBraceToken.Span.End, Check);
                base.DefaultVisit(node);
                break;
            case BlockSyntax { Parent: BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax } block:
                Insert(block.OpenBraceToken.Span.End, Enter);
                base.DefaultVisit(node);
                break;
            case StatementSyntax statement when IsBodyOfLoop(statement) || statement is GotoStatementSyntax:
                Around(node.Span.Start, $"{{{Check}", node.Span.End, "}", node);
                break;
            case ArrowExpressionClauseSyntax { Parent: { } owner } arrow:
                var property = owner is BasePropertyDeclarationSyntax;
                var begin = (property ? "{get{" : "{") + Enter + Return(model.GetDeclaredSymbol(owner) as IMethodSymbol, arrow.Expression);
                Around(arrow.ArrowToken.Span, begin, owner.Span.End, property ? "}}" : "}", node);
                break;
            case ExpressionSyntax { Parent: LambdaExpressionSyntax lambda } body when body == lambda.ExpressionBody:
                // An expression tree, and what does not compile, stays as it is.
                if (model.GetTypeInfo(lambda).ConvertedType?.TypeKind != TypeKind.Delegate) break;
                Around(node.Span.Start, $"{{{Enter}{Return(model.GetSymbolInfo(lambda).Symbol as IMethodSymbol, body)}", node.Span.End, ";}", node);
                break;
            case ExpressionSyntax { Parent: AwaitExpressionSyntax }:
                Around(node.Span.Start, Await, node.Span.End, ")", node);
                break;
            default:
                base.DefaultVisit(node);
                break;
        }
    }

    private static bool IsBodyOfLoop(StatementSyntax statement) => statement.Parent switch
    {
        WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax => true,
        ForStatementSyntax loop => loop.Statement == statement,
        _ => false,
    };

    /// <summary>What stands before an expression that was a function's whole body. A property's getter, which has no method here, returns.</summary>
    private static string Return(IMethodSymbol? method, ExpressionSyntax body)
    {
        var isVoid = method is not null && (method.ReturnsVoid || (method.IsAsync && method.ReturnType is not INamedTypeSymbol { IsGenericType: true }));
        return isVoid || body is ThrowExpressionSyntax ? "" : "return ";
    }

    private void Insert(int at, string text) => changes.Add(new TextChange(new TextSpan(at, 0), text));

    private void Around(int start, string before, int end, string after, SyntaxNode inside) => Around(new TextSpan(start, 0), before, end, after, inside);

    private void Around(TextSpan replaced, string before, int end, string after, SyntaxNode inside)
    {
        changes.Add(new TextChange(replaced, before));
        base.DefaultVisit(inside);
        Insert(end, after);
    }
}
