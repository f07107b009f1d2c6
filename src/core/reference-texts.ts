/** Sixteen short texts in ten scripts: what a device must encode as the stored vectors say before it is trusted. */
export const REFERENCE_TEXTS: readonly string[] = [
  'Water freezes at zero degrees Celsius.',
  'The market opens at eight on Saturday morning.',
  'Das Schiff verließ den Hafen vor Sonnenaufgang.',
  'Kahawa hulimwa kwenye milima yenye baridi.',
  'Вода замерзает при нуле градусов Цельсия.',
  'Сьогодні в бібліотеці тихо.',
  'Το νερό παγώνει στους μηδέν βαθμούς Κελσίου.',
  'يتجمد الماء عند درجة صفر مئوية.',
  'المتحف مغلق يوم الاثنين.',
  'המים קופאים באפס מעלות צלזיוס.',
  'पानी शून्य डिग्री सेल्सियस पर जमता है।',
  'बच्चे बाग़ में खेल रहे हैं।',
  'น้ำแข็งตัวที่ศูนย์องศาเซลเซียส',
  '水在零摄氏度结冰。',
  '図書館は駅の隣にあります。',
  '물은 섭씨 영도에서 언다.',
];
