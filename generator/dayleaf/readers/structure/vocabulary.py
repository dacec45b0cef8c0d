"""What labels, headings and the heads of columns mean, in eight languages.

English, Chinese, Japanese, Korean, German, French, Spanish and Portuguese.

One table says it; a word of a further language is one word more.
"""

from __future__ import annotations

import re
from functools import lru_cache

TITLE, AUTHORS, ABSTRACT, SUMMARY = "title", "authors", "abstract", "summary"
COMMENT, JOURNAL, CATEGORIES, TOPICS = "comment", "journal", "categories", "topics"
PUBLISHED, UPDATED, ID, LINK, CODE, PROJECT, SCORE = (
    "published", "updated", "id", "link", "code", "project", "score",
)  # fmt: skip

_LABELS = {
    TITLE: """title paper-title titel titre título titulo 标题 题目 論文標題 论文标题 论文题目
        英文标题 标题（英文） タイトル 原題 論文タイトル 제목 논문제목 논문-제목 original-title
        english-title 原文标题 title-(en) 论文名称 论文名""",
    AUTHORS: """authors author author(s) 作者 作者列表 论文作者 全部作者 著者 著者名 저자 저자명
        작성자 auteurs auteur autores autor autoren verfasser autoras by first-author 第一作者
        authors-list authors-/-组织 作者团队 作者信息 lead-author autor/es""",
    ABSTRACT: """abstract summary-(abstract) 摘要 英文摘要 原文摘要 论文摘要 摘要原文 要旨 概要
        アブストラクト 抄録 초록 요약문 résumé resume resumen resumo zusammenfassung
        original-abstract abstract-(original) abstract-(en) english-abstract abstract-en
        full-abstract kurzfassung""",
    SUMMARY: """summary tl;dr tldr tl-dr one-sentence-summary one-line-summary in-short in-brief
        one-liner short-summary brief quick-summary 一句话总结 一句话 一句话概括 一句话摘要 速览
        速读 一言 一言要約 一行要約 一言でいうと 要約 要点 ひとことで 한줄요약 한-줄-요약
        한줄-요약 한-문장-요약 요약 en-bref en-resumen kurz kurzgesagt 核心一句话 tldr-/-一句话""",
    COMMENT: "comments comment 备注 评论 コメント 비고 코멘트 kommentar commentaire note",
    JOURNAL: """journal venue journal-ref journal-reference conference published-in publication
        期刊 会议 期刊/会议 会议/期刊 发表于 发表 来源期刊 掲載誌 会議 ジャーナル 학회 저널
        revue revista zeitschrift journal/conference venue/journal""",
    CATEGORIES: """categories category subjects subject main-category primary-category primary
        arxiv-category arxiv-categories subject-areas 分类 类别 学科分类 主分类 分野 カテゴリ
        カテゴリー 카테고리 분류 분야 kategorien kategorie catégories catégorie categorías
        categoría cat primary-class""",
    TOPICS: """tags tag keywords keyword key-words topics topic research-tags research_tags 标签
        关键词 关键字 主题 方向 领域 研究方向 キーワード タグ トピック 키워드 태그 주제
        schlagworte schlüsselwörter mots-clés palabras-clave etiquetas field""",
    PUBLISHED: """published date publish-date publication-date published-date date-published
        submitted submission-date submitted-on submitted-date announced released release-date
        posted 日期 发布日期 发布时间 发表日期 发表时间 提交日期 提交时间 日期/年份 公开日期
        时间 投稿日 公開日 日付 発表日 提出日 公開 投稿 게시일 발표일 날짜 제출일 출판일 등록일
        datum veröffentlicht date-de-publication publié publié-le date-de-soumission fecha
        publicado fecha-de-publicación published-on year-/-date published-at published-(v1)""",
    UPDATED: """updated last-updated update-date updated-on last-update 更新日期 更新时间
        最后更新 更新日 最終更新 수정일 업데이트 aktualisiert mis-à-jour actualizado updated-at""",
    ID: """arxiv-id arxiv id arxivid arxiv-no doi paper-id identifier 论文id arxiv-编号
        arxiv编号 编号 識別子 論文id 논문-id arxiv-link/id arxiv号 arxiv番号 pmid""",
    LINK: """link links url paper pdf abs paper-link pdf-link arxiv-link arxiv-url paper-url
        paper-links source read html pdf-url abs-link alphaxiv hf huggingface hugging-face
        hf-link 链接 论文链接 论文地址 原文链接 原文 来源 来源链接 论文 pdf链接 下载 リンク 論文
        論文リンク 出典 원문 링크 논문 논문-링크 출처 quelle lien liens enlace enlaces read-more
        openreview published-version full-text download""",
    CODE: """code github code-link code-url repo repository source-code github-link github-repo
        implementation code-repository official-code 代码 代码链接 代码地址 开源代码 代码仓库
        コード 実装 코드 코드-링크 깃허브 code-source código codigo quellcode""",
    PROJECT: """project project-page homepage website demo project-link project-website web 项目
        项目主页 项目地址 主页 项目页 プロジェクト プロジェクトページ 프로젝트 프로젝트-페이지
        projekt projet proyecto demo-page""",
    SCORE: """score relevance novelty rating upvotes votes likes hf-upvotes stars citations
        relevance-score overall-score importance 评分 分数 相关性 相关度 相关性评分 推荐指数
        得分 点赞 热度 スコア 関連度 評価 점수 관련도 평점 bewertung note-de-pertinence
        puntuación recommendation priority interest significance""",
}
FIELD = {name: key for key, names in _LABELS.items() for name in names.split()}
"""Labels in small letters, spaces as hyphens -> what they mean."""
_SECTIONS = {
    "Motivation": "motivation 动机 研究动机",
    "Method": "method methods approach 方法",
    "Result": "result results 结果",
    "Conclusion": "conclusion conclusions 结论",
    "Evidence": "evidence",
    "Reason": "reason why-it-matters why_it_matters",
}
SECTION = {name: heading for heading, names in _SECTIONS.items() for name in names.split()}
"""Labels of summaries -> their headings."""
_GENERIC = frozenset(
    """link links pdf paper papers abs abstract arxiv html code project
    page here source sources url doi repo github website homepage info information details
    detail resources resource references reference metadata meta data read more original version
    full text view open download scholar semantic on or in the and at of to bibtex cite slides
    video poster blog post tweet thread demo huggingface hugging face hf alphaxiv openreview
    scirate dataset model models supplementary preview biorxiv medrxiv journal publisher
    official preprint site web tldr notes note acl anthology x twitter reddit youtube bilibili
    zhihu kimi papers.cool ar5iv cool chat explain summary overview 来源链接 链接 论文 原文 来源
    代码 项目 论文链接 原文链接 查看 阅读 全文 下载 主页 基本信息 论文信息 元信息 元数据 信息
    资源 参考 参考文献 相关链接 相关资源 详情 详细 论文地址 中文 英文 摘要 作者 リンク 論文
    論文リンク 情報 書誌情報 論文情報 基本情報 出典 参考文献 メタデータ 概要 原文 関連リンク
    링크 논문 원문 정보 기본 출처 논문정보 코드 참고 참고문헌 바로가기 보기 quelle quellen lien
    liens enlace enlaces référence références metadaten""".split()
)
_DIGEST = frozenset(
    """a an the collection awesome my our daily weekly monthly digest
    digests paper papers arxiv report update updates updated on for of the week month day today
    news briefing brief list index archive latest new hot top best trending picks recommended
    research recent listings listing reading feed summary summaries overview roundup newsletter
    issue vol table contents toc from to and in statistics stats highlights must read
    recommendation recommendations other others misc selected notable featured more all total
    results 日报 周报 月报 论文 论文日报 每日 每周 每日论文 今日 今日论文 速递 论文速递 推荐
    精选 目录 更新 摘要 汇总 总结 概览 统计 今日推荐 必读 其他 论文列表 列表 毎日 今日の論文
    論文 日次 週次 まとめ 目次 一覧 論文リスト 오늘의 논문 목차 일일 주간 요약 리포트 목록
    추천""".split()
)
_EDGES = re.compile(r"^[^\w$\\(\[\"'“‘«<¿¡]+|[\s:：]+$")
_ORDINAL = re.compile(
    r"\A(?:\[\d{1,4}\]|\(\d{1,4}\)|#\d{1,4}\b[.:)]?|(?:no\.?|paper|论文|第)\s*\d{1,4}\s*(?:篇)?[.:：、)]|"
    r"\d{1,4}\s*[.):、．]+(?!\d)|\d{1,2}\.\d{1,2}\.?\s+(?=[A-Z])|\d{1,3}\ufe0f?\u20e3|[\u2460-\u2473])\s*",
    re.IGNORECASE,
)
_BADGE = re.compile(r"(?:\s+[\U0001f000-\U0001faff\u2600-\u27bf\u2b50]\ufe0f?\S{0,12})+\Z")
_WORD = re.compile(r"[^\W_]+(?:[.'’/-][^\W_]+)*")
_DATE_WORDS = re.compile(
    r"\A(?:\d{1,4}|(?:19|20)\d\d\S*|\d{1,2}(?:st|nd|rd|th)|v\d+|jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|"
    r"june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|mon\w*day|tues?day|wednes\w*|thurs\w*|"
    r"fri\w*|satur\w*|sun(?:day)?|\d+[年月日号周篇条位個]\S*|[年月日周]|utc|cs|[a-z-]{2,8}\.[a-z]{2})\Z",
    re.IGNORECASE,
)
_LONGEST_LABEL = 40
_LONGEST_TITLE = 400


def _joined(words: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern for consecutive Chinese, Japanese or Korean words among some."""
    wide = sorted((word for word in words if not word.isascii()), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, wide))}|[的の・：:/])+\Z")


_GENERIC_JOINED = _joined(_GENERIC | frozenset(FIELD))
_DIGEST_JOINED = _joined(_GENERIC | _DIGEST | frozenset(FIELD))


def _is_generic(word: str) -> bool:
    return word in _GENERIC or bool(_DATE_WORDS.match(word) or _GENERIC_JOINED.match(word))


def key(label: str) -> str:
    """Return a label in its plain form: small letters, without signs around it."""
    return re.sub(r"\s+", "-", stripped(label).strip("*_` ").rstrip(".。").casefold())


def stripped(text: str) -> str:
    """Return a text without the signs and pictures before it, and the colon behind it."""
    return _EDGES.sub("", text).strip()


@lru_cache(maxsize=4096)
def field(label: str) -> str | None:
    """Return the meaning of a label; None if it has none."""
    if len(label) > _LONGEST_LABEL:
        return None
    plain = key(label)
    if meaning := FIELD.get(plain):
        return meaning
    short = re.sub(r"-?[(（].*?[)）]\Z", "", plain)
    if meaning := FIELD.get(short):
        return meaning
    parts = [part for part in re.split(r"-?[/|&+]-?", short) if part]
    if len(parts) > 1 and all(part in FIELD for part in parts):
        return FIELD[parts[0]]
    return FIELD.get(re.sub(r"-\d{1,2}\Z", "", short))


def clean_title(text: str) -> str:
    """Return a title without its number, the pictures around it and marks left over."""
    text = " ".join(text.replace("**", "").split())
    before = None
    while text != before:
        before = text
        text = _ORDINAL.sub("", _EDGES.sub("", text) if text[:1] not in "#[(" else text)
    text = _BADGE.sub("", text)
    if text[:1] in {"«", "“", '"', "《"} and text[-1:] in {"»", "”", '"', "》"}:
        text = text[1:-1]
    return text.strip().rstrip("|·•—–").strip()


def may_be_title(text: str) -> bool:
    """Tell whether a text can be a paper's title: neither label, nor date, nor name of a digest."""
    if not 1 < len(text) <= _LONGEST_TITLE or field(text) or key(text) in SECTION:
        return False
    words = [word.casefold() for word in _WORD.findall(text)]
    if "://" in text or not any(any(map(str.isalpha, word)) for word in words):
        return False
    return not all(map(_is_generic, words))


def names_digest(text: str) -> bool:
    """Tell whether a text says no more than that it heads a list of papers."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return all(word in _DIGEST or _is_generic(word) or _DIGEST_JOINED.match(word) for word in words)


def is_generic(text: str) -> bool:
    """Tell whether the text of a link says only that it is one: `PDF`, `arXiv`, `论文链接`."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return all(word in FIELD or _is_generic(word) for word in words)
