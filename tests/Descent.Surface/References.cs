using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Descent.Surface;

/// <summary>Which types of the libraries refer to which, read from what was compiled:
/// bases, fields, signatures, attributes and the code itself.</summary>
static class References
{
    static readonly Dictionary<ushort, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => unchecked((ushort)c.Value), c => c.OperandType);

    /// <summary>Pairs of full names of top-level types: one that refers, one that is referred to.</summary>
    public static IEnumerable<(string From, string To)> Of(string assembly)
    {
        using PEReader pe = new(File.OpenRead(assembly));
        MetadataReader md = pe.GetMetadataReader();
        HashSet<(string, string)> found = [];
        Names names = new(md);
        foreach (TypeDefinitionHandle handle in md.TypeDefinitions)
        {
            TypeDefinition type = md.GetTypeDefinition(handle);
            string from = names.Top(handle);
            List<string> to = [];
            if (!type.BaseType.IsNil) to.AddRange(names.Of(type.BaseType));
            foreach (InterfaceImplementationHandle i in type.GetInterfaceImplementations())
                to.AddRange(names.Of(md.GetInterfaceImplementation(i).Interface));
            foreach (FieldDefinitionHandle f in type.GetFields()) to.AddRange(md.GetFieldDefinition(f).DecodeSignature(names, null));
            foreach (MethodDefinitionHandle m in type.GetMethods())
            {
                MethodDefinition method = md.GetMethodDefinition(m);
                to.AddRange(Signature(method.DecodeSignature(names, null)));
                if (method.RelativeVirtualAddress != 0) to.AddRange(Body(pe.GetMethodBody(method.RelativeVirtualAddress), md, names));
            }
            foreach (string t in to) found.Add((from, t));
        }
        return found;
    }

    static IEnumerable<string> Signature(MethodSignature<IEnumerable<string>> s) =>
        s.ParameterTypes.SelectMany(p => p).Concat(s.ReturnType);

    static List<string> Body(MethodBodyBlock body, MetadataReader md, Names names)
    {
        List<string> found = [];
        if (!body.LocalSignature.IsNil)
            foreach (IEnumerable<string> local in md.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null))
                found.AddRange(local);
        BlobReader il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            ushort code = il.ReadByte();
            if (code == 0xFE) code = (ushort)(0xFE00 | il.ReadByte());
            switch (Operands[code])
            {
                case OperandType.InlineTok or OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField:
                    found.AddRange(names.Of(MetadataTokens.EntityHandle(il.ReadInt32())));
                    break;
                case OperandType.InlineSwitch:
                    int count = il.ReadInt32();
                    il.Offset += 4 * count;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.Offset += 8;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.Offset++;
                    break;
                case OperandType.InlineVar:
                    il.Offset += 2;
                    break;
                default:
                    il.Offset += 4;
                    break;
            }
        }
        return found;
    }

    /// <summary>Handles as full names of top-level types.</summary>
    sealed class Names(MetadataReader md) : ISignatureTypeProvider<IEnumerable<string>, object?>
    {
        public string Top(TypeDefinitionHandle handle)
        {
            TypeDefinition type = md.GetTypeDefinition(handle);
            while (!type.GetDeclaringType().IsNil) type = md.GetTypeDefinition(type.GetDeclaringType());
            return md.GetString(type.Namespace) + "." + md.GetString(type.Name);
        }

        string Top(TypeReferenceHandle handle)
        {
            TypeReference type = md.GetTypeReference(handle);
            while (type.ResolutionScope.Kind == HandleKind.TypeReference)
                type = md.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
            return md.GetString(type.Namespace) + "." + md.GetString(type.Name);
        }

        public IEnumerable<string> Of(EntityHandle handle) => handle.Kind switch
        {
            HandleKind.TypeDefinition => [Top((TypeDefinitionHandle)handle)],
            HandleKind.TypeReference => [Top((TypeReferenceHandle)handle)],
            HandleKind.TypeSpecification => md.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
            HandleKind.MethodDefinition => [Top(md.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType())],
            HandleKind.FieldDefinition => [Top(md.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType())],
            HandleKind.MemberReference => Member(md.GetMemberReference((MemberReferenceHandle)handle)),
            HandleKind.MethodSpecification => Specified(md.GetMethodSpecification((MethodSpecificationHandle)handle)),
            _ => [],
        };

        IEnumerable<string> Member(MemberReference m) => Of(m.Parent);

        IEnumerable<string> Specified(MethodSpecification m) => Of(m.Method).Concat(m.DecodeSignature(this, null).SelectMany(t => t));

        public IEnumerable<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte kind) => [Top(handle)];

        public IEnumerable<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte kind) => [Top(handle)];

        public IEnumerable<string> GetTypeFromSpecification(MetadataReader reader, object? context, TypeSpecificationHandle handle,
            byte kind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, context);

        public IEnumerable<string> GetGenericInstantiation(IEnumerable<string> generic,
            System.Collections.Immutable.ImmutableArray<IEnumerable<string>> arguments) =>
            generic.Concat(arguments.SelectMany(a => a));

        public IEnumerable<string> GetArrayType(IEnumerable<string> element, ArrayShape shape) => element;

        public IEnumerable<string> GetByReferenceType(IEnumerable<string> element) => element;

        public IEnumerable<string> GetPointerType(IEnumerable<string> element) => element;

        public IEnumerable<string> GetPinnedType(IEnumerable<string> element) => element;

        public IEnumerable<string> GetSZArrayType(IEnumerable<string> element) => element;

        public IEnumerable<string> GetModifiedType(IEnumerable<string> modifier, IEnumerable<string> unmodified,
            bool required) => unmodified;

        public IEnumerable<string> GetFunctionPointerType(MethodSignature<IEnumerable<string>> signature) => Signature(signature);

        public IEnumerable<string> GetGenericMethodParameter(object? context, int index) => [];

        public IEnumerable<string> GetGenericTypeParameter(object? context, int index) => [];

        public IEnumerable<string> GetPrimitiveType(PrimitiveTypeCode code) => [];
    }
}
