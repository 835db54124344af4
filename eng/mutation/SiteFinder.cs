using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Descent.Mutation;

/// <summary>All the errors that could be put into one file.</summary>
sealed class SiteFinder(string file, SemanticModel model) : CSharpSyntaxWalker
{
    static readonly Dictionary<SyntaxKind, (string Name, string[] Others)> Operators = new()
    {
        [SyntaxKind.AddExpression] = ("arithmetic", ["-"]),
        [SyntaxKind.SubtractExpression] = ("arithmetic", ["+"]),
        [SyntaxKind.MultiplyExpression] = ("arithmetic", ["/"]),
        [SyntaxKind.DivideExpression] = ("arithmetic", ["*"]),
        [SyntaxKind.LessThanExpression] = ("comparison", ["<=", ">="]),
        [SyntaxKind.LessThanOrEqualExpression] = ("comparison", ["<", ">"]),
        [SyntaxKind.GreaterThanExpression] = ("comparison", [">=", "<="]),
        [SyntaxKind.GreaterThanOrEqualExpression] = ("comparison", [">", "<"]),
        [SyntaxKind.EqualsExpression] = ("comparison", ["!="]),
        [SyntaxKind.NotEqualsExpression] = ("comparison", ["=="]),
        [SyntaxKind.LogicalAndExpression] = ("logic", ["||"]),
        [SyntaxKind.LogicalOrExpression] = ("logic", ["&&"]),
    };

    public List<Mutant> Found { get; } = [];

    // Texts, constants that the compiler needs, and the wording of errors are not computation.
    public override void Visit(SyntaxNode? node)
    {
        if (node is InterpolatedStringExpressionSyntax or AttributeListSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or EqualsValueClauseSyntax { Parent: ParameterSyntax }
            or CaseSwitchLabelSyntax or PatternSyntax or EnumMemberDeclarationSyntax or TypeArgumentListSyntax or XmlNodeSyntax) return;
        if (node is FieldDeclarationSyntax f && f.Modifiers.Any(SyntaxKind.ConstKeyword) || node is LocalDeclarationStatementSyntax { IsConst: true }) return;
        if (node is PropertyDeclarationSyntax { Identifier.Text: "Recursion" or "Description" or "Sentence" } or MethodDeclarationSyntax { Identifier.Text: "ToString" or "Visit" }) return;
        base.Visit(node);
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        base.VisitBinaryExpression(node);
        if (!Operators.TryGetValue(node.Kind(), out var change) || IsText(node.Left) || IsText(node.Right) || model.GetConstantValue(node).HasValue) return;
        foreach (string other in change.Others) Add(change.Name, node, $"{node.Left} {other} {node.Right}");
        if (node.Parent is ForStatementSyntax loop && loop.Condition == node && node.IsKind(SyntaxKind.LessThanExpression)) Add("loop", node, $"{node.Left} < ({node.Right}) - 1");
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        base.VisitAssignmentExpression(node);
        string? other = node.Kind() switch
        {
            SyntaxKind.AddAssignmentExpression => "-=",
            SyntaxKind.SubtractAssignmentExpression => "+=",
            SyntaxKind.MultiplyAssignmentExpression => "/=",
            SyntaxKind.DivideAssignmentExpression => "*=",
            _ => null,
        };
        if (other is not null && !IsText(node.Left)) Add("arithmetic", node, $"{node.Left} {other} {node.Right}");
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        switch (node.Token.Value)
        {
            case double x: Add("constant", node, x == 0 ? "1.0" : x == 1 ? "0.0" : x is > 1e-8 and < 1e8 ? (x * 1.01).ToString("R", CultureInfo.InvariantCulture) : "1.0"); break;
            case int n: Add("constant", node, n == 1 ? "0" : (n + 1).ToString(CultureInfo.InvariantCulture)); break;
            case bool b: Add("constant", node, b ? "false" : "true"); break;
        }
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        base.VisitPrefixUnaryExpression(node);
        if (node.IsKind(SyntaxKind.UnaryMinusExpression) && node.Operand is not LiteralExpressionSyntax) Add("sign", node, node.Operand.ToString());
        if (node.IsKind(SyntaxKind.LogicalNotExpression)) Add("negation", node, node.Operand.ToString());
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        base.VisitInvocationExpression(node);
        if (node is { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Max" or "Min" } call, ArgumentList.Arguments.Count: 2 })
            Add("max-min", node, $"{call.Expression}.{(call.Name.Identifier.Text == "Max" ? "Min" : "Max")}{node.ArgumentList}");
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        base.VisitIfStatement(node);
        if (node.Condition is not BinaryExpressionSyntax { RawKind: not ((int)SyntaxKind.LogicalAndExpression) and not ((int)SyntaxKind.LogicalOrExpression) } and not PrefixUnaryExpressionSyntax)
            Add("negation", node.Condition, $"!({node.Condition})");
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        base.VisitConditionalExpression(node);
        Add("negation", node.Condition, $"!({node.Condition})");
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        base.VisitExpressionStatement(node);
        if (node.Expression is AssignmentExpressionSyntax or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax && !Checks(node)) Add("removal", node, "");
    }

    // Checks of null and of lengths are not computation; the span behind them throws in their stead.
    static bool Checks(ExpressionStatementSyntax node) => node.ToString() is var text && (text.StartsWith("ArgumentNullException.", StringComparison.Ordinal) || text.StartsWith("Guard.Length", StringComparison.Ordinal));

    bool IsText(ExpressionSyntax e) => model.GetTypeInfo(e).Type?.SpecialType == SpecialType.System_String;

    void Add(string name, SyntaxNode node, string changed) => Found.Add(new Mutant(file, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, name, node, changed));
}
