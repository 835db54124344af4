using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Descent.Mutation;

/// <summary>One deliberate error: <see cref="Node"/> of the original tree becomes <see cref="Changed"/>, or is left out when that is empty.</summary>
sealed record Mutant(string File, int Line, string Operator, SyntaxNode Node, string Changed)
{
    public int Id { get; set; } = -1;

    public string Original => OneLine(Node.ToString());

    /// <summary>src/Descent/Rules/Adaptive/Adam.cs gives Rules.</summary>
    public string Folder => Path.GetFileName(Path.GetDirectoryName(File)!);

    /// <summary>The same change in the same file, wherever its line has moved to.</summary>
    public string Key => $"{File} | {Original} | {(Changed.Length == 0 ? "(removed)" : OneLine(Changed))}";

    /// <summary>Whether it may be at work while static state is built, which happens once in a process.</summary>
    public bool IsStatic => Node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member && member.Modifiers.Any(SyntaxKind.StaticKeyword);

    static string OneLine(string text) => string.Join(' ', text.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
}
