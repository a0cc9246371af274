/** The names of paging parameters and properties, ignoring case and punctuation. */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** `page[size]`, `pageSize` and `page_size` are the same name: `pagesize`. */
export function plainName(name: string): string {
  return name.replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
}

/** Objects in a query whose properties ask for a page: `queryOptions.page`, `pagination[limit]`. */
const inner =
  /^(?:pagination|paginate|paging|pager|pageable|page_?options|page_?request|query_?options|search_?criteria)[._[]+(.+)$/i;

/** The name of a query parameter, without the object that holds it. */
export function parameterName(name: string): string {
  return plainName(inner.exec(name)?.[1] ?? name);
}

/** Query parameters. */
export const parameterNames = {
  /** The next page begins after this item. */
  after: words(`
    after startingafter startafter pageafter afterid afteritem lastid lastseenid marker
  `),
  /** The same, where it is the id of the last item and not a cursor, a date or a version. */
  afterItem: words('startingafter startafter afterid afteritem lastid lastseenid'),
  /** A cursor of the server's own making. */
  cursor: words(`
    cursor nextcursor aftercursor aftertoken pagecursor pagetoken nexttoken nextpagetoken nextpage continue continuation
    continuationtoken continuefrom skiptoken scrollid bookmark exclusivestartkey startkey lastkey pagekey pagepointer
    nextpagepointer batchtoken iterator next
  `),
  /** The number of a page. */
  number: words('page pagenumber pageno pagenum pageindex currentpage skippages'),
  /** How many items come before the page. */
  offset: words('offset skip start startindex startat pageoffset itemoffset limitstart seek'),
  /** Pages that no class follows: they lead backwards. */
  backwards: words('before endingbefore pagebefore beforeid maxid'),
  size: words(`
    limit pagesize perpage size count maxresults maxitems maxpagesize top take pagelimit itemsperpage resultsperpage first
    numresults max rows
  `),
};

/** Properties of a response. */
export const propertyNames = {
  next: words(`
    next nextcursor nextpagecursor nextpagetoken nexttoken nextpage nextmarker nextkey nextbookmark
    nextcontinuationtoken nextpagepointer nextiterator continue continuation continuationtoken cursor endcursor after
    aftercursor pagetoken scrollid marker bookmark
  `),
  /** Addresses by their names; others are known by their format or their example. */
  address: words(`
    nextpageurl nexturl nextlink nextpagelink nexthref nextpageuri nexturi nextpath odatanextlink
  `),
  last: words('lastid lastcursor'),
  hasMore: words(
    `hasmore hasnext hasnextpage hasmoreitems hasmorepages hasmoreresults more moreavailable istruncated`,
  ),
  isLast: words('islast islastpage done'),
  total: words(`
    total totalcount totalitems totalresults totalelements totalrecords totalsize totalhits totalentries totalrecordcount numfound
  `),
  pages: words(
    'totalpages pagecount pages pagescount lastpage maxpage numpages noofpages pagetotal numberofpages',
  ),
  current: words('page currentpage pagenumber pageno pageindex'),
  /** Objects that describe a page. */
  holders: words(`
    meta metadata pagination paging pageinfo page links responsemetadata cursors info resultinfo paginginfo cursor
    paginationinfo paginationmetadata listmetadata pages next nextpage
  `),
  /** Objects that describe the next page. */
  nextHolders: words('next nextpage'),
  /** Objects whose properties are addresses: `links.next`. */
  links: words('links'),
};

/** Properties that a response without pages may have besides its items. */
export const envelopeNames = words(`
  object kind apiversion type url uri self etag requestid count size limit offset start page pagenumber pagesize perpage
  currentpage previous prev prevcursor previouscursor previouspage prevpage previouspagetoken prevpageurl previousurl
  firstid lastid first last from to firstpageurl lastpageurl path hasprevious hasprev hasless isfirst islast empty
  numberofelements number success status timestamp warnings
`);
