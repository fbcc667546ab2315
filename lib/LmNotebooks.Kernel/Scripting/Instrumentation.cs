using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LmNotebooks.Kernel.Scripting;

/// <summary>Writes the calls of <see cref="Interruption"/> into the text of a cell, into loops, functions and awaits,
/// and those of <see cref="Products"/>. No line is added or moved, so that errors and stack traces name the lines that
/// the reader wrote.</summary>
internal sealed class Instrumentation : CSharpSyntaxWalker
{
    /// <summary>Without <c>global::</c>, whose colon would begin a format in an interpolated string.</summary>
    private const string Calls = "LmNotebooks.Kernel.Scripting.Interruption.";
    private const string Product = "LmNotebooks.Kernel.Scripting.Products.Of";
    private const string Check = Calls + "Check();", Enter = Calls + "Enter();", Await = Calls + "Await(";

    private readonly SemanticModel model;
    private readonly List<TextChange> changes = [];

    private Instrumentation(SemanticModel model) => this.model = model;

    /// <summary>The cell with its checks; the same compilation if there is nothing to check. It may fail to compile in
    /// rare cases where the original does not.</summary>
    public static CSharpCompilation Of(CSharpCompilation cell, SyntaxTree tree)
    {
        var walker = new Instrumentation(cell.GetSemanticModel(tree));
        walker.Visit(tree.GetRoot());
        if (walker.changes.Count == 0) return cell;
        // a stable order: outer texts begin first and end last
        var text = tree.GetText().WithChanges(walker.changes.OrderBy(c => c.Span.Start));
        return cell.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options,
            tree.FilePath));
    }

    public override void DefaultVisit(SyntaxNode node)
    {
        // An expression tree, and what does not compile, stays as it is.
        if (node is LambdaExpressionSyntax { ExpressionBody: not null } && model.GetTypeInfo(node)
            .ConvertedType?.TypeKind != TypeKind.Delegate) return;
        var (at, before, after) = Around(node);
        if (before is not null) changes.Add(new TextChange(at, before));
        if (node is InvocationExpressionSyntax call && IsProduct(call)) changes.AddRange(ToChecked(call));
        base.DefaultVisit(node);
        if (after is not null)
            changes.Add(new TextChange(End((node is ArrowExpressionClauseSyntax ? node.Parent! : node).Span), after));
    }

    /// <returns>A text, what it replaces, and a text for the end of the node.</returns>
    private (TextSpan At, string? Before, string? After) Around(SyntaxNode node) => node switch
    {
        BlockSyntax block when IsBodyOfLoop(block) => (End(block.OpenBraceToken.Span), Check, null),
        BlockSyntax
        {
            Parent: BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
                or AnonymousFunctionExpressionSyntax,
        } block => (End(block.OpenBraceToken.Span), Enter, null),
        StatementSyntax statement when IsBodyOfLoop(statement) || statement is GotoStatementSyntax =>
            (Start(node), $"{{{Check}", "}"),
        ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax } arrow =>
            (arrow.ArrowToken.Span, $"{{get{{{Function(null, arrow.Expression)}", "}}"),
        ArrowExpressionClauseSyntax arrow => (arrow.ArrowToken.Span,
            $"{{{Function(model.GetDeclaredSymbol(arrow.Parent!), arrow.Expression)}", "}"),
        ExpressionSyntax { Parent: LambdaExpressionSyntax lambda } body when body == lambda.ExpressionBody =>
            (Start(node), $"{{{Function(model.GetSymbolInfo(lambda).Symbol, body)}", ";}"),
        ExpressionSyntax { Parent: AwaitExpressionSyntax } => (Start(node), Await, ")"),
        _ => default,
    };

    private bool IsProduct(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "matmul" }
            or IdentifierNameSyntax { Identifier.Text: "matmul" }
        && model.GetSymbolInfo(call).Symbol is
            { ContainingType.Name: "Tensor" or "torch", ContainingAssembly.Name: "TorchSharp" };

    /// <summary>Calls <see cref="Products"/>: of a.matmul(b) the dot becomes a comma, and the name goes.</summary>
    private static IEnumerable<TextChange> ToChecked(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "torch" } } or
            IdentifierNameSyntax => [new(call.Expression.Span, Product)],
        MemberAccessExpressionSyntax of =>
        [
            new(Start(of), $"{Product}("), new(of.OperatorToken.Span, ", "), new(of.Name.Span, ""),
            new(call.ArgumentList.OpenParenToken.Span, ""),
        ],
        _ => [],
    };

    private static bool IsBodyOfLoop(StatementSyntax statement) =>
        statement.Parent is WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax
            or ForStatementSyntax;

    /// <summary>What stands before an expression that was a function's whole body.</summary>
    /// <param name="function">Null for a getter.</param>
    private static string Function(ISymbol? function, ExpressionSyntax body)
    {
        var isVoid = function is IMethodSymbol m
            && (m.ReturnsVoid || (m.IsAsync && m.ReturnType is not INamedTypeSymbol { IsGenericType: true }));
        return isVoid || body is ThrowExpressionSyntax ? Enter : Enter + "return ";
    }

    private static TextSpan Start(SyntaxNode node) => new(node.Span.Start, 0);

    private static TextSpan End(TextSpan span) => new(span.End, 0);
}
