using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Descent.Mutation;

/// <summary>Writes all chosen mutants into one tree, each behind a switch, so that one build serves them all.</summary>
sealed class Schemata(ILookup<SyntaxNode, Mutant> chosen) : CSharpSyntaxRewriter
{
    public const string Mark = "mutant";

    /// <summary>The switch, compiled into the lower assembly. Reading it also leaves a trace of who came by.</summary>
    public static string Switch(int count) => $$"""
        public static class DescentMutants
        {
            public static int Active = -1;
            public static readonly byte[] Reached = new byte[{{count}}];
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            public static bool Is(int k)
            {
                Reached[k] = 1;
                return Active == k;
            }
        }
        """;

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        SyntaxNode? now = base.Visit(node);
        if (node is null) return now;
        foreach (Mutant m in chosen[node]) now = Wrap(now!, m);
        return now;
    }

    static SyntaxNode Wrap(SyntaxNode now, Mutant m)
    {
        SyntaxNode wrapped = now is StatementSyntax s
            ? SyntaxFactory.IfStatement(SyntaxFactory.ParseExpression($"!global::DescentMutants.Is({m.Id})"), SyntaxFactory.Block(s.WithoutTrivia()))
            : SyntaxFactory.ParenthesizedExpression(SyntaxFactory.ConditionalExpression(
                SyntaxFactory.ParseExpression($"global::DescentMutants.Is({m.Id})"),
                SyntaxFactory.ParenthesizedExpression(SyntaxFactory.ParseExpression(m.Changed)),
                SyntaxFactory.ParenthesizedExpression((ExpressionSyntax)now.WithoutTrivia())));
        return wrapped.NormalizeWhitespace().WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space).WithAdditionalAnnotations(new SyntaxAnnotation(Mark, m.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
