import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import ts from 'typescript';

/** What a program consists of, whatever its names and texts are. */
export interface Program {
  /** The kinds of its nodes; those whose order follows from names are sorted. */
  shape: string;
  /** How often each tag is in its comments, and how many links. */
  tags: Record<string, number>;
  /** The values of its string literals. */
  texts: Set<string>;
  errors: string[];
}

/** Parses TypeScript with its comments. */
export function programOf(path: string, text: string): Program {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const tags: Record<string, number> = {};
  const texts = new Set<string>();
  const count = (name: string) => {
    tags[name] = (tags[name] ?? 0) + 1;
  };
  const comment = (node: ts.Node) => {
    if (ts.isJSDocLinkLike(node)) count('{@link}');
    // What a tag explains in its own words, such as `@template`, is not a tag.
    if (node.kind >= ts.SyntaxKind.FirstJSDocTagNode && node.kind <= ts.SyntaxKind.LastJSDocTagNode)
      count((node as ts.JSDocTag).tagName.text);
    ts.forEachChild(node, comment);
  };
  const shapeOf = (node: ts.Node): string => {
    for (const each of (node as { jsDoc?: ts.JSDoc[] }).jsDoc ?? []) comment(each);
    if (ts.isStringLiteralLike(node)) texts.add(node.text);
    // How many names there are depends on which are the same; and a name may be quoted or bound to another.
    if (ts.isNamedImports(node) || ts.isNamedExports(node)) return 'names';
    if (ts.isBindingElement(node)) return `name${node.dotDotDotToken ? '…' : ''}`;
    if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) return 'property';
    const parts: string[] = [];
    ts.forEachChild(node, (child) => {
      parts.push(isName(child) ? 'name' : shapeOf(child));
    });
    if (isSorted(node)) parts.sort();
    if (ts.isSourceFile(node) || ts.isModuleBlock(node))
      parts.splice(0, parts.length, ...new Set(parts));
    return parts.length > 0 ? `${node.kind}(${parts.join(' ')})` : String(node.kind);
  };
  const shape = shapeOf(file);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: ts.Diagnostic[] };
  const errors = parseDiagnostics.map(({ messageText, start = 0 }) => {
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `${ts.flattenDiagnosticMessageText(messageText, ' ')} ${path}: ${text.split('\n')[line]}`;
  });
  return { shape, tags, texts, errors };
}

function isName(node: ts.Node): boolean {
  const { parent } = node as { parent?: { name?: ts.Node } };
  return parent?.name === node && (ts.isPropertyName(node) || ts.isIdentifier(node));
}

function isSorted(node: ts.Node): boolean {
  return (
    ts.isSourceFile(node) ||
    ts.isTypeLiteralNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isUnionTypeNode(node) ||
    ts.isModuleBlock(node)
  );
}

export interface Page {
  /** How often each element is there, by its path: `table tr td`. */
  elements: Record<string, number>;
  /** Where its links and images lead. */
  addresses: string[];
  attributes: string[];
  /** The text of each code element. */
  codes: string[];
}

/** Renders Markdown as GitHub does, with raw HTML and every address, and parses that as a browser does. */
export function pageOf(markdown: string): Page {
  const html = micromark(markdown, {
    extensions: [gfm()],
    // The filter of dangerous elements is left out as well.
    htmlExtensions: [gfmHtml(), { exit: { htmlFlowData: rawData, htmlTextData: rawData } }],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  });
  const page: Page = { elements: {}, addresses: [], attributes: [], codes: [] };
  const walk = (node: Tree.ChildNode | Tree.DocumentFragment, path: readonly string[]) => {
    if (!('childNodes' in node)) {
      if (node.nodeName === '#comment') count(page.elements, [...path, 'comment']);
      return;
    }
    const here = 'tagName' in node ? [...path, node.tagName] : path;
    if ('tagName' in node) {
      count(page.elements, here);
      for (const { name, value } of node.attrs) {
        if (/^(href|src|action|formaction|data|poster|xlink:href)$/.test(name))
          page.addresses.push(value);
        page.attributes.push(name);
      }
      if (node.tagName === 'code') page.codes.push(textOf(node));
    }
    for (const child of node.childNodes) walk(child, here);
  };
  walk(parseFragment(html), []);
  return page;
}

type Handle = NonNullable<NonNullable<ReturnType<typeof gfmHtml>['exit']>['htmlText']>;

const rawData: Handle = function (token) {
  this.raw(this.sliceSerialize(token));
};

function count(counts: Record<string, number>, path: readonly string[]): void {
  const key = path.join(' ');
  counts[key] = (counts[key] ?? 0) + 1;
}

function textOf(node: Tree.ParentNode): string {
  return node.childNodes
    .map((child) => ('value' in child ? child.value : 'childNodes' in child ? textOf(child) : ''))
    .join('');
}
